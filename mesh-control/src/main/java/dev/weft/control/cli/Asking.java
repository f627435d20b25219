package dev.weft.control.cli;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Asks a control plane once, and says in words and exit codes why there is no answer. */
final class Asking {
    private static final int TIMEOUT_SECONDS = 10;

    private final CommandLine line;
    private final Reach reach;
    /** What went wrong, once something did. */
    private int exitCode = ExitCode.GOOD;

    Asking(CommandLine line, Reach reach) {
        this.line = line;
        this.reach = reach;
    }

    /**
     * The answer; null if there is none, which has been said.
     *
     * @param operatorsOnly whether nobody else is answered
     */
    <A> @Nullable A ask(boolean operatorsOnly, Function<ManagedChannel, A> question) {
        Logs.withoutGrpc();
        Reach.Target target;
        ManagedChannel channel;
        try {
            target = operatorsOnly ? reach.operatorsTarget() : reach.target();
            channel = Reach.open(target);
        } catch (IllegalArgumentException e) {
            return failed(ExitCode.USAGE, "--server " + e.getMessage());
        } catch (Reach.NoTokenException e) {
            return failed(ExitCode.REFUSED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(ExitCode.USAGE, Unreadable.words(e));
        }
        try {
            return question.apply(channel);
        } catch (StatusRuntimeException e) {
            return failed(target.server(), e.getStatus());
        } finally {
            channel.shutdownNow();
        }
    }

    int exitCode() {
        return exitCode;
    }

    static int timeoutSeconds() {
        return TIMEOUT_SECONDS;
    }

    private <A> @Nullable A failed(String server, Status status) {
        return switch (status.getCode()) {
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                failed(ExitCode.REFUSED, server + " refuses: " + status.getDescription());
            case INVALID_ARGUMENT -> failed(ExitCode.USAGE, String.valueOf(status.getDescription()));
            case FAILED_PRECONDITION -> failed(ExitCode.FINDINGS, String.valueOf(status.getDescription()));
            default -> failed(ExitCode.UNREACHABLE, server + " cannot be reached: " + why(status));
        };
    }

    private static String why(Status status) {
        Throwable cause = status.getCause();
        Throwable last = cause;
        for (int depth = 0; last != null && last.getCause() != null && depth < 10; depth++) {
            last = last.getCause();
        }
        return last == null ? String.valueOf(status.getDescription()) : String.valueOf(last.getMessage());
    }

    private <A> @Nullable A failed(int code, String words) {
        exitCode = code;
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + dev.weft.config.Printable.of(words));
        return null;
    }
}
