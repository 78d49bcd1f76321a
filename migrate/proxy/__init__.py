"""The compatibility shim: an HTTP gateway that translates deprecated calls and records who makes them."""
