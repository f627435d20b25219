package dev.weft.control.ads;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.Registration;
import dev.weft.control.registry.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance says about itself over its stream, handed on to the registry. Guarded by the stream. */
final class StreamRegistration {
    /** Istio's type for the health of virtual machines; it has no fields, error_detail says it all. */
    static final String TYPE_URL = "type.googleapis.com/istio.v1.HealthInformation";

    private static final Logger log = LoggerFactory.getLogger(StreamRegistration.class);

    /** Of the reason why an instance is unhealthy; it is kept, also on disk, and stands in tables. */
    private static final int MAX_REASON = 1_000;

    private final AdsContext context;
    private final ClientStream stream;
    private final long connection;
    private @Nullable Registration said;

    StreamRegistration(AdsContext context, ClientStream stream, long connection) {
        this.context = context;
        this.stream = stream;
        this.connection = connection;
    }

    /**
     * No error is healthy, CANCELLED is goodbye, anything else is unhealthy. A request with a nonce answers our farewell and
     * says nothing new.
     */
    void handle(ClientNode node, Incoming request) {
        if (!request.nonce().isEmpty()) {
            return;
        }
        Registration registration = node.registration();
        if (registration == null) {
            throw NodeReader.invalid("WEFT", "missing", "instance, epoch, service and ports of the one that registers");
        }
        if (said != null && !said.key().equals(registration.key())) {
            // A stream speaks for one instance. The one before would otherwise have its place for ever.
            connectionLost();
        }
        Status error = request.error();
        if (error != null && error.getCode() == Code.CANCELLED_VALUE) {
            leave(registration);
            return;
        }
        Registration now = registration.with(error == null ? Health.HEALTHY : Health.unhealthy(reason(error)));
        switch (context.registry.announce(now, connection)) {
            case ACCEPTED -> said = now;
            case FOREIGN -> throw foreign(now, "registers");
            case OUTDATED ->
                log.warn(
                        "{} of {} registers with epoch {}, but a later one has registered: two processes use one instance"
                                + " name",
                        now.key(),
                        now.service(),
                        now.epoch());
        }
    }

    private static String reason(Status error) {
        String said = error.getMessage();
        return said.length() <= MAX_REASON ? said : said.substring(0, MAX_REASON) + " ...";
    }

    private static RuntimeException foreign(Registration said, String does) {
        return io.grpc.Status.PERMISSION_DENIED
                .withDescription(
                        (said.proven() ? "service account " + said.serviceAccount() : "a client without credentials")
                                + " " + does + " as " + said.key() + " of " + said.service()
                                + ", which another service account has proved to be its own; expected that one's certificate, or"
                                + " another name")
                .asRuntimeException();
    }

    private void leave(Registration registration) {
        if (context.registry.leave(registration, connection) == Verdict.FOREIGN) {
            throw foreign(registration, "says goodbye");
        }
        said = null;
        Farewell.begin(context, stream);
    }

    void connectionLost() {
        Registration last = said;
        if (last != null) {
            said = null;
            context.registry.connectionLost(last.key(), last.epoch(), connection);
        }
    }

    /** What the instance said last, or null if it is not registered over this stream. */
    @Nullable
    Health health() {
        return said == null ? null : said.health();
    }
}
