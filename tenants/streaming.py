"""Streamed responses are read after the middleware has returned: they carry their context."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from balai import context


def carry(response: HttpResponseBase, active: context.Context) -> None:
    """Make a streaming ``response`` produce each chunk in ``active``; files need nothing."""
    if not isinstance(response, StreamingHttpResponse) or isinstance(response, FileResponse):
        return
    content: Any = response.streaming_content
    response.streaming_content = (
        _async(content, active) if response.is_async else _sync(content, active)
    )


def _sync(chunks: Any, active: context.Context) -> Iterator[bytes]:
    iterator = iter(chunks)
    try:
        while True:
            token = context.activate(active)
            try:
                chunk = next(iterator)
            except StopIteration:
                return
            finally:
                context.deactivate(token)
            yield chunk
    finally:
        token = context.activate(active)
        with suppress(AttributeError):
            iterator.close()
        context.deactivate(token)


async def _async(chunks: Any, active: context.Context) -> AsyncIterator[bytes]:
    iterator = aiter(chunks)
    while True:
        token = context.activate(active)
        try:
            chunk = await anext(iterator)
        except StopAsyncIteration:
            return
        finally:
            context.deactivate(token)
        yield chunk
