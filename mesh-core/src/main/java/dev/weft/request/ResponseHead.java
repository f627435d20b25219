package dev.weft.request;

/**
 * A response without its body.
 *
 * @param status HTTP status, 100 to 599
 * @param headers all fields, without hop-by-hop ones
 */
public record ResponseHead(int status, Headers headers) {}
