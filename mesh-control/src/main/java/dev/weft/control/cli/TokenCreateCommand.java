package dev.weft.control.cli;

import com.google.protobuf.Struct;
import dev.weft.control.access.JoinToken;
import dev.weft.control.access.JoinTokens;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.ca.WorkloadName;
import dev.weft.control.operator.OperatorMethods;
import dev.weft.identity.CertificatePin;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshctl token create}: a single-use join token for one identity, or a token for an operator. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a token: a secret that is shown once.",
        footer = "Exit code: 0 made, 1 not now, 2 wrong usage, 3 control plane not reachable, 4 refused by it.")
final class TokenCreateCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    /** For whom it is. */
    static final class Whose {
        @Option(
                names = "--identity",
                paramLabel = "ID",
                description = "A join token for this workload, good once: NAMESPACE/SERVICE_ACCOUNT or spiffe://...")
        private @Nullable String identity;

        @Option(
                names = "--operator",
                paramLabel = "NAME",
                description = "A token for a person who may see and change everything; the audit log says this name.")
        private @Nullable String operator;
    }

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationText.class,
            description = "How long it may be used, as in 15m, 1h, 7d; at most 30d. Default ${DEFAULT-VALUE}.")
    private Duration life = Duration.ofHours(1);

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes it to this file of mode 0600 instead of stdout.")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Works on the control plane's data directory, without asking it; for join tokens.")
    private @Nullable Path data;

    @Mixin
    private final Reach reach = new Reach();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        String operator = whose.operator;
        if (data != null) {
            if (operator != null) {
                throw new ParameterException(line, "--operator needs a running control plane, not --data");
            }
            return offline(line, data, Objects.requireNonNull(whose.identity));
        }
        Asking asking = new Asking(line, reach);
        Struct answer = asking.ask(true, channel -> {
            Struct.Builder question =
                    Struct.newBuilder().putFields("ttlSeconds", OperatorCall.number(life.toSeconds()));
            if (operator != null) {
                question.putFields("operator", OperatorCall.text(operator));
            } else {
                question.putFields("identity", OperatorCall.text(Objects.requireNonNull(whose.identity)));
            }
            return OperatorCall.ask(channel, OperatorMethods.CREATE_TOKEN, question.build());
        });
        return answer == null
                ? asking.exitCode()
                : deliver(line, OperatorCall.text(answer, "token"), OperatorCall.text(answer, "expires"));
    }

    /** The directory holds hashes only, so that the running control plane knows the token as soon as it is in there. */
    private int offline(CommandLine line, Path directory, String identity) throws IOException {
        Path authority = directory.resolve("ca");
        Path roots = authority.resolve("root.pem");
        if (!Files.exists(roots)) {
            throw new ParameterException(
                    line, "--data " + directory + " holds no certificate authority: " + roots + " is missing");
        }
        String pin = CertificatePin.of(
                Pem.certificates(PrivateFiles.read(roots), roots.toString()).get(0));
        try {
            SpiffeId id = WorkloadName.read(identity, CertificateAuthority.trustDomainOf(authority));
            JoinToken token = JoinTokens.open(authority.resolve("tokens"), Ticker.system())
                    .create(id, pin, life);
            return deliver(
                    line,
                    token.encoded(),
                    Instant.ofEpochSecond(token.expires()).toString());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private int deliver(CommandLine line, String token, String expires) throws IOException {
        Path file = out;
        if (file == null) {
            line.getOut().println(token);
            line.getOut().flush();
        } else {
            PrivateFiles.write(file, token + "\n");
        }
        line.getErr().println((file == null ? "good until " : "written to " + file + ", good until ") + expires);
        return ExitCode.GOOD;
    }
}
