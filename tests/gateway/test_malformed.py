from gateway.malformed import Malformed


def test_it_tells_what_is_wrong_in_words_and_in_a_code() -> None:
    error = Malformed("it ends too early", "syntax")
    assert (str(error), error.message, error.code) == ("it ends too early", "it ends too early", "syntax")
