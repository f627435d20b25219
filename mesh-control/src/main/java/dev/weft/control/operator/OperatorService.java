package dev.weft.control.operator;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Connection;
import dev.weft.control.access.JoinToken;
import dev.weft.control.access.JoinTokens;
import dev.weft.control.access.OperatorGate;
import dev.weft.control.access.OperatorToken;
import dev.weft.control.access.OperatorTokens;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.ca.WorkloadName;
import dev.weft.identity.SpiffeId;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link OperatorMethods}. Belongs behind an {@link OperatorGate}. */
public final class OperatorService implements BindableService {
    private static final Logger log = LoggerFactory.getLogger(OperatorService.class);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final int LINES = 100;

    private final CertificateAuthority authority;
    private final JoinTokens tokens;
    private final OperatorTokens operators;
    private final AuditLog audit;
    private final Supplier<String> server;

    /**
     * A service.
     *
     * @param server {@code HOST:PORT} that tokens name
     */
    public OperatorService(
            CertificateAuthority authority,
            JoinTokens tokens,
            OperatorTokens operators,
            AuditLog audit,
            Supplier<String> server) {
        this.authority = authority;
        this.tokens = tokens;
        this.operators = operators;
        this.audit = audit;
        this.server = server;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(OperatorMethods.SERVICE)
                .addMethod(OperatorMethods.CREATE_TOKEN, answering(OperatorMethods.CREATE_TOKEN, this::createToken))
                .addMethod(OperatorMethods.CA_STATUS, answering(OperatorMethods.CA_STATUS, question -> status()))
                .addMethod(OperatorMethods.ROTATE_ROOT, answering(OperatorMethods.ROTATE_ROOT, this::rotate))
                .addMethod(OperatorMethods.AUDIT, answering(OperatorMethods.AUDIT, this::audit))
                .build();
    }

    private interface Answer {
        Struct to(Question question) throws IOException;
    }

    private static io.grpc.ServerCallHandler<Struct, Struct> answering(
            MethodDescriptor<Struct, Struct> method, Answer answer) {
        return ServerCalls.asyncUnaryCall((Struct said, io.grpc.stub.StreamObserver<Struct> out) -> {
            Struct result;
            try {
                result = answer.to(new Question(said));
            } catch (StatusRuntimeException e) {
                out.onError(e);
                return;
            } catch (IllegalArgumentException e) {
                out.onError(Question.invalid(String.valueOf(e.getMessage())));
                return;
            } catch (IllegalStateException e) {
                out.onError(Status.FAILED_PRECONDITION
                        .withDescription(e.getMessage())
                        .asRuntimeException());
                return;
            } catch (IOException | RuntimeException e) {
                log.warn("{} failed", method.getFullMethodName(), e);
                out.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
                return;
            }
            out.onNext(result);
            out.onCompleted();
        });
    }

    private Struct createToken(Question question) throws IOException {
        Duration life = question.seconds("ttlSeconds", TOKEN_LIFE);
        String operator = question.text("operator");
        if (!operator.isEmpty()) {
            OperatorToken made = operators.create(operator, authority.rootPin(), server.get(), life);
            written("operator token " + made.id() + " for " + operator);
            return token(made.encoded(), made.expires());
        }
        SpiffeId identity = WorkloadName.read(question.text("identity"), authority.trustDomain());
        if (authority.reserves(identity)) {
            throw Question.invalid("identity " + identity + " is the control plane's own, and given to nobody");
        }
        JoinToken made = tokens.create(identity, authority.rootPin(), life);
        written("join token " + made.id() + " for " + identity);
        return token(made.encoded(), made.expires());
    }

    private static Struct token(String encoded, long expires) {
        return Struct.newBuilder()
                .putFields("token", text(encoded))
                .putFields("expires", text(Instant.ofEpochSecond(expires).toString()))
                .build();
    }

    private Struct rotate(Question question) throws IOException {
        boolean early = question.flag("early");
        String directory = question.text("directory");
        String stage = question.text("stage");
        switch (stage) {
            case "publish" -> authority.publishNewRoot(directory.isEmpty() ? null : Path.of(directory));
            case "sign" -> authority.signByNewRoot(early);
            case "withdraw" -> authority.withdrawOldRoot(early);
            default -> throw Question.invalid("stage " + stage + ": publish, sign or withdraw was expected");
        }
        written("root change: " + stage + (early ? ", early" : ""));
        return status();
    }

    private Struct status() {
        ListValue.Builder roots = ListValue.newBuilder();
        authority
                .trustedRoots()
                .forEach(root -> roots.addValues(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields("pin", text(root.pin()))
                                .putFields("subject", text(root.subject()))
                                .putFields("expires", text(root.expires().toString()))
                                .putFields(
                                        "signs",
                                        Value.newBuilder()
                                                .setBoolValue(root.signs())
                                                .build()))));
        Struct.Builder status = Struct.newBuilder()
                .putFields("trustDomain", text(authority.trustDomain()))
                .putFields("stage", text(authority.rootStage().name()))
                .putFields("since", text(authority.stageSince().toString()))
                .putFields("roots", Value.newBuilder().setListValue(roots).build());
        if (authority.trustedRoots().size() > 1) {
            status.putFields("nextStageFrom", text(authority.nextStageFrom().toString()));
        }
        return status.build();
    }

    private Struct audit(Question question) throws IOException {
        List<String> lines =
                audit.last((int) Math.min(10_000, question.number("last", LINES)), question.flag("refused"));
        ListValue.Builder list = ListValue.newBuilder();
        lines.forEach(line -> list.addValues(text(line)));
        return Struct.newBuilder()
                .putFields("lines", Value.newBuilder().setListValue(list).build())
                .build();
    }

    private void written(String what) throws IOException {
        Connection connection = Connection.current();
        audit.granted(
                new AuditLog.Request(connection == null ? "" : connection.address(), "operator", null),
                Map.of("operator", String.valueOf(OperatorGate.current()), "what", what),
                List.of());
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
