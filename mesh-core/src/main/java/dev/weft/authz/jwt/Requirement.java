package dev.weft.authz.jwt;

import dev.weft.config.JwtRequirement;
import dev.weft.jose.JwtStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link JwtRequirement} made ready. */
sealed interface Requirement {

    JwtStatus judge(Judgement request);

    /** Whose tokens it may have to verify. */
    Collection<Issuer> issuers();

    static Requirement of(JwtRequirement said, Issuers issuers) {
        if (said instanceof JwtRequirement.Provider provider) {
            Audiences audiences = provider.audiences().isEmpty() ? null : Audiences.of(provider.audiences());
            return new OfProvider(issuers, issuers.named(provider.name()), audiences);
        }
        if (said instanceof JwtRequirement.Any any) {
            return AnyOf.of(any, issuers);
        }
        if (said instanceof JwtRequirement.All all) {
            return new AllOf(
                    all.of().stream().map(one -> Requirement.of(one, issuers)).toList());
        }
        if (said instanceof JwtRequirement.AllowMissing) {
            return new OfAnybody(issuers, false);
        }
        if (said instanceof JwtRequirement.AllowMissingOrFailed) {
            return new OfAnybody(issuers, true);
        }
        return new None();
    }

    /** Nothing is required. */
    record None() implements Requirement {
        @Override
        public JwtStatus judge(Judgement request) {
            return JwtStatus.OK;
        }

        @Override
        public Collection<Issuer> issuers() {
            return List.of();
        }
    }

    /** Tokens of one issuer; if there are several, all must be valid, for nobody knows which of them the application reads. */
    record OfProvider(
            Issuers known, Issuer issuer, @Nullable Audiences audiences) implements Requirement {
        @Override
        public JwtStatus judge(Judgement request) {
            request.clear(issuer);
            List<FoundToken> tokens = issuer.places.find(request.head());
            if (tokens.isEmpty()) {
                request.refuse(issuer, JwtStatus.MISSED);
                return JwtStatus.MISSED;
            }
            // Envoy begins with the last.
            for (int i = tokens.size() - 1; i >= 0; i--) {
                JwtStatus status = request.judge(tokens.get(i), known, issuer, audiences);
                if (status != JwtStatus.OK) {
                    return status;
                }
            }
            return JwtStatus.OK;
        }

        @Override
        public Collection<Issuer> issuers() {
            return List.of(issuer);
        }
    }

    /**
     * Tokens of whoever, or none. Envoy goes by the last of several tokens here; we demand that all are valid.
     *
     * @param orFailed invalid ones pass too
     */
    record OfAnybody(Issuers known, boolean orFailed) implements Requirement {
        @Override
        public JwtStatus judge(Judgement request) {
            known.all().forEach(request::clear);
            List<FoundToken> tokens = known.places().find(request.head());
            JwtStatus result = JwtStatus.OK;
            for (int i = tokens.size() - 1; i >= 0; i--) {
                JwtStatus status = request.judge(tokens.get(i), known, null, null);
                result = result == JwtStatus.OK ? status : result;
            }
            return orFailed ? JwtStatus.OK : result;
        }

        @Override
        public Collection<Issuer> issuers() {
            return known.all();
        }
    }

    /** One of several; tried in order. */
    record AnyOf(List<Requirement> of, boolean allowMissing, boolean allowFailed) implements Requirement {
        static Requirement of(JwtRequirement.Any said, Issuers issuers) {
            boolean missing = false;
            boolean failed = false;
            List<Requirement> of = new ArrayList<>();
            for (JwtRequirement one : said.of()) {
                if (one instanceof JwtRequirement.AllowMissing) {
                    missing = true;
                } else if (one instanceof JwtRequirement.AllowMissingOrFailed) {
                    failed = true;
                } else {
                    of.add(Requirement.of(one, issuers));
                }
            }
            return of.isEmpty() ? new OfAnybody(issuers, failed) : new AnyOf(List.copyOf(of), missing, failed);
        }

        @Override
        public JwtStatus judge(Judgement request) {
            JwtStatus result = JwtStatus.MISSED;
            for (Requirement one : of) {
                JwtStatus status = one.judge(request);
                if (status == JwtStatus.OK) {
                    return status;
                }
                // That another issuer does not know the token is the least that can be said of it.
                boolean telling = status != JwtStatus.MISSED && status != JwtStatus.UNKNOWN_ISSUER;
                result = telling || result == JwtStatus.MISSED ? status : result;
            }
            return allowFailed || allowMissing && result == JwtStatus.MISSED ? JwtStatus.OK : result;
        }

        @Override
        public Collection<Issuer> issuers() {
            return together(of);
        }
    }

    /** Each of several; the first that is not met is named. */
    record AllOf(List<Requirement> of) implements Requirement {
        @Override
        public JwtStatus judge(Judgement request) {
            for (Requirement one : of) {
                JwtStatus status = one.judge(request);
                if (status != JwtStatus.OK) {
                    return status;
                }
            }
            return JwtStatus.OK;
        }

        @Override
        public Collection<Issuer> issuers() {
            return together(of);
        }
    }

    private static Collection<Issuer> together(List<Requirement> of) {
        Collection<Issuer> issuers = new LinkedHashSet<>();
        of.forEach(one -> issuers.addAll(one.issuers()));
        return issuers;
    }
}
