package dev.weft.config;

/** One of those who judge a request that arrives, in the order in which the control plane put them. */
public sealed interface InboundStage permits RbacStage, JwtStage, ExternalAuthorizationStage {}
