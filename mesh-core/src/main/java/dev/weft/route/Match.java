package dev.weft.route;

import dev.weft.request.RequestHead;

/**
 * A virtual host and a route that fit a request.
 *
 * @param head with normalised path
 */
record Match(CompiledHost host, CompiledRoute route, RequestHead head) {}
