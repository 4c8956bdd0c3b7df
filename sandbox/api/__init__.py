"""The Web API: `dispatch.answer` takes a request and says what goes over the wire."""
