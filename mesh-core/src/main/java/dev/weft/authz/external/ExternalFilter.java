package dev.weft.authz.external;

import dev.weft.authz.Arrival;
import dev.weft.authz.Denial;
import dev.weft.authz.MetadataTest;
import dev.weft.authz.Stage;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.config.Printable;
import dev.weft.request.Headers;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import dev.weft.runtime.Ticker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An {@link ExternalAuthorizationStage} made ready. */
public final class ExternalFilter implements Stage {
    /** Envoy's name of the filter, under which policies find what an authorizer wants them to know. */
    private static final String FILTER = "envoy.filters.http.ext_authz";

    private static final String FAILURE_ALLOWED = "x-envoy-auth-failure-mode-allowed";

    private final ExternalAuthorizationStage said;
    private final Courier courier;
    private final Authorizer authorizer;
    private final @Nullable MetadataTest when;

    private ExternalFilter(ExternalAuthorizationStage said, Courier courier, Authorizer authorizer) {
        this.said = said;
        this.courier = courier;
        this.authorizer = authorizer;
        when = said.when() == null ? null : MetadataTest.of(said.when());
    }

    /**
     * @param courier carries the questions
     * @param self this process's SPIFFE identity or empty, told to gRPC authorizers
     * @param ticker whose wall clock they are told
     */
    public static ExternalFilter of(
            ExternalAuthorizationStage said, Courier courier, Supplier<String> self, Ticker ticker) {
        Authorizer authorizer = said.service() instanceof Service.Grpc grpc
                ? new GrpcAuthorizer(said, grpc, new CheckRequests(said, self, ticker))
                : new HttpAuthorizer(said, (Service.Http) said.service());
        return new ExternalFilter(said, courier, authorizer);
    }

    @Override
    public CompletionStage<@Nullable LocalReply> judge(Arrival arrival) {
        if (arrival.head().headers().contains(FAILURE_ALLOWED)) {
            arrival.head(arrival.head()
                    .withHeaders(arrival.head().headers().toBuilder()
                            .remove(FAILURE_ALLOWED)
                            .build()));
        }
        if (when != null && !when.test(arrival)) {
            return said.denyAtDisable()
                    ? Stage.refuse(error("it was not asked, and who is not asked about is denied"))
                    : PASS;
        }
        String dispatched = arrival.dispatchedPath();
        if (dispatched != null) {
            // It would be asked about one path, and another one would be served.
            return Stage.refuse(Denial.because("the server reads the path as " + Printable.of(dispatched)
                    + ", about which the authorizer is not asked; send that one"));
        }
        return answer(arrival).handle((answer, failure) -> {
            if (failure != null) {
                return unanswered(arrival, words(failure));
            }
            try {
                return carryOut(arrival, authorizer.verdict(answer));
            } catch (NoAnswerException e) {
                return unanswered(arrival, e.getMessage());
            }
        });
    }

    private CompletionStage<Courier.Answer> answer(Arrival arrival) {
        // A caller who is let in without an answer must not set the time for one: he would set too little.
        try (Inbound.Scope scope = (said.failureModeAllow() ? Inbound.NONE : Inbound.current()).open()) {
            return courier.send(authorizer.question(arrival));
        }
    }

    private static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Nobody has said yes or no. */
    private @Nullable LocalReply unanswered(Arrival arrival, @Nullable String why) {
        if (!said.failureModeAllow()) {
            return error("no answer: " + why);
        }
        arrival.remark("CUSTOM: let in without an answer of " + said.cluster() + ", as was asked for: " + why);
        if (said.failureModeAllowHeader()) {
            Headers.Builder headers = arrival.head().headers().toBuilder();
            arrival.head(arrival.head()
                    .withHeaders(headers.set(FAILURE_ALLOWED, "true").build()));
        }
        return null;
    }

    private LocalReply error(String why) {
        return new LocalReply(
                said.statusOnError(),
                Set.of(ResponseFlag.UAEX),
                "CUSTOM: authorizer " + said.cluster() + ": " + why,
                "",
                Headers.EMPTY,
                null);
    }

    private @Nullable LocalReply carryOut(Arrival arrival, Verdict verdict) {
        boolean broken = Stream.concat(verdict.request().set().stream(), verdict.response().stream())
                .anyMatch(setting -> !Changeable.isField(setting));
        if (broken || !verdict.allowed() && (verdict.status() < 200 || verdict.status() > 599)) {
            return error("its answer cannot be carried out: a field or status in it is none");
        }
        verdict.metadata().forEach((key, value) -> arrival.note(FILTER, key, value));
        if (!verdict.allowed()) {
            return refusal(verdict);
        }
        arrival.head(ChangedHead.of(arrival.head(), verdict));
        if (!verdict.response().isEmpty()) {
            arrival.changeResponse(new HeaderOps(verdict.response(), List.of()));
        }
        return null;
    }

    /** The authorizer's own words. */
    private LocalReply refusal(Verdict verdict) {
        Headers.Builder headers = Headers.builder();
        if (!verdict.body().isEmpty()) {
            headers.add("content-type", "text/plain");
        }
        for (Setting setting : verdict.response()) {
            if (setting.action() == Action.APPEND && !setting.name().equals("content-type")) {
                headers.add(setting.name(), setting.value());
            } else {
                headers.set(setting.name(), setting.value());
            }
        }
        return new LocalReply(
                verdict.status(),
                Set.of(ResponseFlag.UAEX),
                "CUSTOM: denied by authorizer " + said.cluster() + " with status " + verdict.status(),
                verdict.body(),
                headers.build(),
                null);
    }
}
