package dev.weft;

import dev.weft.request.LocalReply;
import dev.weft.settings.SettingProblem;
import java.util.List;

/** What Weft throws; calls themselves are answered and do not throw (see {@link LocalReply}). */
public abstract sealed class MeshException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MeshException(String message) {
        super(message);
    }

    /** The mesh cannot start as it is set up. */
    public static final class Configuration extends MeshException {
        private static final long serialVersionUID = 1L;

        private final transient List<SettingProblem> problems;

        public Configuration(List<SettingProblem> problems) {
            super(SettingProblem.message(problems));
            this.problems = List.copyOf(problems);
        }

        /** Everything that is wrong, at once. */
        public List<SettingProblem> problems() {
            return problems;
        }
    }

    /** {@link Mesh#awaitReady} took too long; the message names every missing part. */
    public static final class NotReady extends MeshException {
        private static final long serialVersionUID = 1L;

        NotReady(String message) {
            super(message);
        }
    }

    /** The mesh has been closed. */
    public static final class Closed extends MeshException {
        private static final long serialVersionUID = 1L;

        Closed(String message) {
            super(message);
        }
    }

    /** The mesh answered instead of a server, and the caller asked for an exception in that case. */
    public static final class Reply extends MeshException {
        private static final long serialVersionUID = 1L;

        private final transient LocalReply reply;

        public Reply(LocalReply reply) {
            super(reply.status() + " " + reply.flagText() + ": " + reply.reason());
            this.reply = reply;
        }

        /** What the mesh answered. */
        public LocalReply reply() {
            return reply;
        }
    }
}
