package dev.weft.control.catalog;

/**
 * A port by which callers know a service.
 *
 * @param number 1 to 65535
 * @param name may be empty
 * @param protocol what is spoken there
 * @param targetPort where declared endpoints listen unless they say otherwise
 */
public record ServicePort(int number, String name, Protocol protocol, int targetPort) {}
