package dev.weft.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.weft.control.access.RefusedException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @Test
    void whatACallerSendsCannotForgeALineOrHideInOne(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        AuditLog log = new AuditLog(file, new MovableClock());
        String hostile = "a\"}\n{\"outcome\":\"granted\"}\r\u0000\u001b[2K\u202e\u2028\u0085\ud83d\ude00";

        log.refused(new AuditLog.Request("127.0.0.1", null, null), new RefusedException(Reason.BAD_REQUEST, hostile));
        log.refused(
                new AuditLog.Request("127.0.0.1", null, null),
                new RefusedException(Reason.BAD_REQUEST, "x".repeat(100_000)));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("[ -~]+");
        assertThat(JsonParser.parseString(lines.get(0))
                        .getAsJsonObject()
                        .get("detail")
                        .getAsString())
                .isEqualTo(hostile);
        assertThat(lines.get(1)).hasSizeLessThan(800);
    }
}
