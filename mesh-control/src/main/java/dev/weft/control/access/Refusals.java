package dev.weft.control.access;

import dev.weft.config.Printable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refusals on their way into the audit log: a log that cannot be written stops grants, but must not stop refusing. */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final AuditLog audit;

    public Refusals(AuditLog audit) {
        this.audit = audit;
    }

    /** Writes one down; if that fails, the process's log says so. */
    public void add(AuditLog.Request request, RefusedException why) {
        try {
            audit.refused(request, why);
        } catch (IOException e) {
            log.error(
                    "the audit log cannot be written: {}; nothing is granted until it can. Refused: {}",
                    e.toString(),
                    Printable.of(String.valueOf(why.getMessage())));
        }
    }
}
