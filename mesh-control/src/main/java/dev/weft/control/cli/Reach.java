package dev.weft.control.cli;

import dev.weft.control.access.OperatorToken;
import dev.weft.identity.Anchors;
import dev.weft.identity.ControlPlaneTrust;
import dev.weft.identity.PrivateFiles;
import dev.weft.runtime.Ticker;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which control plane a command asks, and by which credential. */
final class Reach {
    private static final String PLAINTEXT = "localhost:15010";
    /** Ten thousand clients with some refusals each. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The control plane; default $MESH_SERVER, else the one of the operator's token, else"
                    + " localhost:15010 in plaintext.")
    private @Nullable String server;

    @Option(
            names = "--operator-token",
            paramLabel = "FILE",
            description = "An operator's token; default $MESH_OPERATOR_TOKEN_FILE, else ~/.weft/operator, where"
                    + " mesh-control leaves one for the user who runs it.")
    private @Nullable Path tokenFile;

    /**
     * A control plane and how it is spoken to.
     *
     * @param server {@code HOST:PORT}
     * @param token over TLS, by this token; null in plaintext
     */
    record Target(String server, @Nullable OperatorToken token) {}

    /**
     * Where the command goes. A token is shown to the control plane that it names, and to another one only if the token was named on
     * the command line.
     *
     * @throws IllegalArgumentException if the server is not HOST:PORT
     * @throws IOException if the token cannot be read, or may be read by others
     */
    Target target() throws IOException {
        OperatorToken token = token();
        String said = server == null ? environment("MESH_SERVER") : server;
        if (said == null) {
            return token == null ? new Target(PLAINTEXT, null) : new Target(token.server(), token);
        }
        check(said);
        boolean meant = token != null && (named() != null || same(said, token.server()));
        return new Target(said, meant ? token : null);
    }

    /**
     * As {@link #target}, for what only operators may do.
     *
     * @throws NoTokenException if there is no token for it
     */
    Target operatorsTarget() throws IOException {
        Target target = target();
        if (target.token() == null) {
            throw new NoTokenException(target.server());
        }
        return target;
    }

    private @Nullable OperatorToken token() throws IOException {
        Path file = named();
        if (file == null) {
            file = Path.of(System.getProperty("user.home"), ".weft", "operator");
            if (!Files.exists(file)) {
                return null;
            }
        }
        OperatorToken token = OperatorToken.decode(PrivateFiles.read(file).strip());
        if (token == null) {
            throw new IOException(file + " holds no operator's token; mesh-control serve or meshctl token create"
                    + " --operator writes one");
        }
        return token;
    }

    /** The file that was named, or null. */
    private @Nullable Path named() {
        String variable = environment("MESH_OPERATOR_TOKEN_FILE");
        return tokenFile != null || variable == null ? tokenFile : Path.of(variable);
    }

    private static @Nullable String environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** One machine has three names for itself. */
    private static boolean same(String one, String other) {
        return local(one).equals(local(other));
    }

    private static String local(String server) {
        return server.replaceFirst("^(127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0):", "localhost:");
    }

    private static void check(String server) {
        int colon = server.lastIndexOf(':');
        String port = server.substring(colon + 1);
        if (colon < 1 || server.contains("/") || !port.matches("\\d{1,5}") || !isPort(Integer.parseInt(port))) {
            throw new IllegalArgumentException("is " + server + ", expected HOST:PORT");
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    /** A channel, to be shut down by the caller. The control plane has to show the root that the token names. */
    static ManagedChannel open(Target target) throws SSLException {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forTarget(target.server()).maxInboundMessageSize(MAX_ANSWER_BYTES);
        OperatorToken token = target.token();
        if (token == null) {
            return builder.usePlaintext().build();
        }
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token.encoded());
        return builder.sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forClient()
                                        .trustManager(ControlPlaneTrust.of(
                                                new Anchors.Pin(null, token.pin()), Ticker.system())),
                                SslProvider.JDK)
                        .build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    /** There is nothing to prove by that somebody is an operator. */
    static final class NoTokenException extends IOException {
        private static final long serialVersionUID = 1L;

        private NoTokenException(String server) {
            super("no operator's token for " + server
                    + ": run this as the user who runs mesh-control, on its machine, or let"
                    + " that user make one (meshctl token create --operator NAME) and name it with --operator-token");
        }
    }
}
