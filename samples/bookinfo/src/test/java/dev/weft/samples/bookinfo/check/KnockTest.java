package dev.weft.samples.bookinfo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnockTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void aServerThatAnswersPlaintextIsCaught() throws Exception {
        HttpServer server = HttpServer.create(ANY, 0);
        server.start();
        try {
            assertThat(Knock.inPlaintext(server.getAddress().getPort()).isHttp())
                    .isTrue();
        } finally {
            server.stop(0);
        }
    }
}
