"""HTTP/2 at the front (RFC 9113): connections whose streams carry the same exchanges as HTTP/1.1.

The protocol's state and HPACK are the h2 library's. What is here is what a library cannot know: the bounds, the
checks of requests, flow control towards upstreams, and ending well.
"""
