package dev.weft.config;

import java.util.List;
import java.util.stream.Stream;

/** What must be shown. Envoy's words, whose rules of combination hold. */
public sealed interface JwtRequirement {

    /** Names of the providers that it mentions. */
    List<String> providers();

    /** Nothing. */
    record Nothing() implements JwtRequirement {
        @Override
        public List<String> providers() {
            return List.of();
        }
    }

    /**
     * A valid token of this provider; all tokens at its locations must be valid.
     *
     * @param name of the provider
     * @param audiences of which the token must name one, instead of the provider's; empty = the provider's
     */
    record Provider(String name, List<String> audiences) implements JwtRequirement {
        public Provider {
            audiences = List.copyOf(audiences);
        }

        @Override
        public List<String> providers() {
            return List.of(name);
        }
    }

    /**
     * One of these.
     *
     * @param of at least one
     */
    record Any(List<JwtRequirement> of) implements JwtRequirement {
        public Any {
            of = notEmpty(of);
        }

        @Override
        public List<String> providers() {
            return all(of);
        }
    }

    /**
     * Each of these.
     *
     * @param of at least one
     */
    record All(List<JwtRequirement> of) implements JwtRequirement {
        public All {
            of = notEmpty(of);
        }

        @Override
        public List<String> providers() {
            return all(of);
        }
    }

    /** No token at all, or only valid ones of any provider. */
    record AllowMissing() implements JwtRequirement {
        @Override
        public List<String> providers() {
            return List.of();
        }
    }

    /** Anything; valid tokens are made use of. */
    record AllowMissingOrFailed() implements JwtRequirement {
        @Override
        public List<String> providers() {
            return List.of();
        }
    }

    private static List<JwtRequirement> notEmpty(List<JwtRequirement> of) {
        if (of.isEmpty()) {
            throw new IllegalArgumentException("at least one requirement was expected");
        }
        return List.copyOf(of);
    }

    private static List<String> all(List<JwtRequirement> of) {
        return of.stream()
                .flatMap(one -> Stream.of(one.providers()))
                .flatMap(List::stream)
                .toList();
    }
}
