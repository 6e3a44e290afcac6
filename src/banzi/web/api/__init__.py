"""What other programs of the office read: the same selectors and rights as the pages, as JSON.

    models      tokens and what each is limited to
    tokens      making, finding and revoking them
    narrowing   the rights of an account as far as a token goes
    answering   the middleware: who asks by which token, errors in coded JSON
    offering    how an endpoint is declared, and that an undeclared one is refused
    shapes      JSON of declared tables, columns and figures

The other modules are the endpoints, by part of the site; `service` puts them together.
"""
