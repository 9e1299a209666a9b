"""Security schemes of every line under the same names; requirements inherited."""

from tests.contracts.made import http

SCHEMES_OF_2 = """
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, in: query, name: k}
  one: {type: oauth2, flow: accessCode, authorizationUrl: 'https://h/a', tokenUrl: 'https://h/t', scopes: {r: read}}
"""


def test_schemes_of_2_have_the_names_of_3() -> None:
    found = http(SCHEMES_OF_2, head="swagger: '2.0'\n").security_schemes
    assert (found["basic"].type, found["basic"].scheme) == ("http", "basic")
    assert (found["key"].location, found["key"].parameter) == ("query", "k")
    assert found["one"].flows == {
        "authorizationCode": {
            "authorizationUrl": "https://h/a",
            "tokenUrl": "https://h/t",
            "scopes": {"r": "read"},
        }
    }


def test_schemes_of_3() -> None:
    found = http(
        """
        components:
          securitySchemes:
            jwt: {type: http, scheme: bearer, bearerFormat: JWT}
            sso: {$ref: '#/components/securitySchemes/oidc'}
            oidc: {type: openIdConnect, openIdConnectUrl: 'https://h/.well-known'}
        """
    ).security_schemes
    assert (found["jwt"].scheme, found["jwt"].bearer_format) == ("bearer", "JWT")
    assert found["sso"].openid_connect_url == "https://h/.well-known"
    assert found["sso"].origin.path == ("components", "securitySchemes", "oidc")


def test_the_operation_s_security_replaces_the_document_s() -> None:
    api = http(
        """
        security: [{a: [r]}, {b: [], c: []}]
        paths: {/a: {get: {}, put: {security: []}, post: {security: [{}]}}}
        """
    )
    stated = {operation.method: operation.security for operation in api.operations}
    assert stated["GET"] == ({"a": ("r",)}, {"b": (), "c": ()})
    assert stated["PUT"] == ()
    assert stated["POST"] == ({},)


def test_security_that_nobody_states_is_none() -> None:
    assert http("paths: {/a: {get: {}}}").operations[0].security is None
