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
    void aFloodOfRefusalsIsCountedAndNotWrittenAndGrantsAlwaysAre(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("audit.jsonl");
        AuditLog log = new AuditLog(file, new MovableClock());
        RefusedException why = new RefusedException(Reason.UNAUTHENTICATED, "no");
        for (int i = 0; i < 1_000; i++) {
            log.refused(new AuditLog.Request("10.0.0.1 port " + i, null, null), why);
        }
        log.refused(new AuditLog.Request("10.0.0.2 port 1", null, null), why);
        log.granted(new AuditLog.Request("10.0.0.1 port 1", "jwt", null), java.util.Map.of("serial", "1"), List.of());

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(202);
        assertThat(lines.get(200)).contains("10.0.0.2", "\"omitted\":800");
        assertThat(lines.get(201)).contains("granted").doesNotContain("omitted");
        assertThat(log.last(2, true)).hasSize(2).allMatch(line -> line.contains("refused"));
    }

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
