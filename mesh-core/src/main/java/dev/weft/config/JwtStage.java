package dev.weft.config;

/** Tokens are verified. */
public record JwtStage() implements InboundStage {}
