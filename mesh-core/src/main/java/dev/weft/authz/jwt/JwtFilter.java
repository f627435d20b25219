package dev.weft.authz.jwt;

import dev.weft.authz.Arrival;
import dev.weft.authz.Denial;
import dev.weft.authz.Stage;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.config.Printable;
import dev.weft.jose.JwtStatus;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A {@link JwtStage} made ready. */
public final class JwtFilter implements Stage {
    private final Issuers issuers;
    private final List<Rule> rules;
    private final boolean bypassCorsPreflight;
    private final boolean silent;

    private record Rule(PathMatch path, Requirement requirement, List<Issuer> fetching) {}

    private JwtFilter(JwtStage said, Issuers issuers, List<Rule> rules) {
        this.issuers = issuers;
        this.rules = rules;
        bypassCorsPreflight = said.bypassCorsPreflight();
        silent = said.stripFailureResponse();
    }

    /**
     * @param sources keys that are not in the configuration; asked now
     * @param ticker whose wall clock {@code exp} and {@code nbf} are judged by
     */
    public static JwtFilter of(JwtStage said, KeySources sources, Ticker ticker) {
        Map<String, Issuer> named = new HashMap<>();
        said.providers().forEach((name, provider) -> named.put(name, new Issuer(name, provider, sources, ticker)));
        Issuers issuers = new Issuers(named);
        List<Rule> rules = new ArrayList<>();
        for (JwtStage.Rule rule : said.rules()) {
            Requirement requirement = Requirement.of(rule.requires(), issuers);
            rules.add(new Rule(
                    rule.path(),
                    requirement,
                    requirement.issuers().stream().filter(Issuer::fetches).toList()));
        }
        return new JwtFilter(said, issuers, List.copyOf(rules));
    }

    @Override
    public CompletionStage<@Nullable LocalReply> judge(Arrival arrival) {
        // Of all issuers and at once: a token of one must not smuggle in what another would have said.
        arrival.head(Fields.without(arrival.head(), issuers.fields()));
        Rule rule = rule(arrival.path());
        String dispatched = arrival.dispatchedPath();
        if (dispatched != null && rule(dispatched) != rule) {
            // One path would have been judged, and another one would be served.
            return Stage.refuse(Denial.because("the server reads the path as " + Printable.of(dispatched)
                    + ", for which tokens have another rule; send that one"));
        }
        if (rule == null || bypassCorsPreflight && isPreflight(arrival.head())) {
            return PASS;
        }
        CompletionStage<Void> fetches = missingKeys(rule, arrival.head());
        if (fetches != null) {
            return fetches.thenCompose(done -> verdict(rule, arrival));
        }
        return verdict(rule, arrival);
    }

    private @Nullable Rule rule(String path) {
        for (Rule rule : rules) {
            if (matches(rule.path, path)) {
                return rule;
            }
        }
        return null;
    }

    private static boolean matches(PathMatch match, String path) {
        if (match instanceof PathMatch.Exact exact) {
            return exact.caseSensitive() ? path.equals(exact.path()) : path.equalsIgnoreCase(exact.path());
        }
        PathMatch.Prefix prefix = (PathMatch.Prefix) match;
        return path.regionMatches(
                !prefix.caseSensitive(), 0, prefix.prefix(), 0, prefix.prefix().length());
    }

    /** What is being fetched and could decide, or null: everything that can be known is known. */
    private static @Nullable CompletionStage<Void> missingKeys(Rule rule, RequestHead head) {
        List<CompletableFuture<Void>> fetches = null;
        for (Issuer issuer : rule.fetching) {
            for (FoundToken token : issuer.places.find(head)) {
                CompletionStage<Void> fetch = issuer.missing(token.text());
                if (fetch != null) {
                    fetches = fetches == null ? new ArrayList<>(1) : fetches;
                    fetches.add(fetch.toCompletableFuture());
                }
            }
        }
        return fetches == null ? null : CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<@Nullable LocalReply> verdict(Rule rule, Arrival arrival) {
        RequestHead asked = arrival.head();
        Judgement judgement = new Judgement(arrival);
        JwtStatus status = rule.requirement.judge(judgement);
        judgement.publish();
        if (status == JwtStatus.OK) {
            return PASS;
        }
        String reason = "JWT: " + status.words() + judgement.story();
        return Stage.refuse(refusal(status, reason, asked, arrival.connection().encrypted()));
    }

    private LocalReply refusal(JwtStatus status, String reason, RequestHead head, boolean encrypted) {
        int code = status == JwtStatus.AUDIENCE_NOT_ALLOWED ? 403 : 401;
        if (silent) {
            return new LocalReply(code, Set.of(), reason, "", Headers.EMPTY, null);
        }
        String challenge = "Bearer realm=\"" + Realm.of(head, encrypted) + "\""
                + (status == JwtStatus.MISSED ? "" : ", error=\"invalid_token\"");
        Headers headers = Headers.of("content-type", "text/plain", "www-authenticate", challenge);
        return new LocalReply(code, Set.of(), reason, status.words(), headers, null);
    }

    private static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && notEmpty(head.headers().first("origin"))
                && notEmpty(head.headers().first("access-control-request-method"));
    }

    private static boolean notEmpty(@Nullable String value) {
        return value != null && !value.isEmpty();
    }
}
