package dev.weft.config;

/** Somebody else is asked. */
public record ExternalAuthorizationStage() implements InboundStage {}
