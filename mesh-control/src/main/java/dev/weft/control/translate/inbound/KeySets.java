package dev.weft.control.translate.inbound;

import dev.weft.control.istio.RequestAuthentication.JwtRule;
import org.jspecify.annotations.Nullable;

/** Keys of issuers that are not written in the policy. Never waits for a network. Safe for use from any thread. */
@FunctionalInterface
public interface KeySets {
    /** No keys at all: tokens whose keys are elsewhere are refused. */
    KeySets NONE = rule -> null;

    /** The keys behind a rule's {@code jwksUri} as JSON, or null if they are not at hand. */
    @Nullable
    String of(JwtRule rule);
}
