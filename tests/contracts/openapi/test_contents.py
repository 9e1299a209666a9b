"""Media types, headers, encodings."""

from tests.contracts.made import http

TEXT = """
paths:
  /a:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object}
            encoding:
              file: {contentType: image/png, style: deepObject, explode: false, headers: {X-A: {schema: {type: string}}}}
              plain: {}
          application/jsonl: {itemSchema: {type: object}}
      responses:
        '200':
          description: ok
          headers:
            Content-Type: {schema: {type: string}}
            X-Rate: {$ref: '#/components/headers/Rate'}
components:
  headers: {Rate: {required: true, deprecated: true, schema: {type: integer}}}
"""


def test_content_is_carried_over() -> None:
    (operation,) = http(TEXT, head="openapi: 3.2.0\n").operations
    assert operation.body is not None
    assert operation.body.required
    form = operation.body.content["multipart/form-data"]
    assert form.schema is not None
    encoding = form.encoding["file"]
    assert (encoding.content_type, encoding.style, encoding.explode) == ("image/png", "deepObject", False)
    assert "X-A" in encoding.headers
    assert (form.encoding["plain"].style, form.encoding["plain"].explode) == (None, None)
    stream = operation.body.content["application/jsonl"]
    assert stream.schema is None
    assert stream.item_schema is not None


def test_headers_are_carried_over_and_content_type_is_none() -> None:
    (operation,) = http(TEXT).operations
    headers = operation.responses["200"].headers
    assert set(headers) == {"X-Rate"}
    header = headers["X-Rate"]
    assert (header.required, header.deprecated, header.style, header.explode) == (True, True, "simple", False)
    assert header.origin.path == ("components", "headers", "Rate")
    assert header.schema is not None
    assert header.schema.origin.path == ("components", "headers", "Rate", "schema")
