package dev.weft.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    @Test
    void aCallIsOneLineOfNamesAndValues() {
        String line = AccessLog.line(Calls.finished(
                Calls.get("x-request-id", "r1"),
                Calls.host("v1"),
                503,
                Set.of(ResponseFlag.URX, ResponseFlag.UF),
                "route default: refused"));
        assertThat(line)
                .isEqualTo("direction=outbound method=GET authority=reviews:9080 path=\"/reviews/0?x=1\" status=503"
                        + " flags=UF,URX route=default cluster=reviews host=127.0.0.1:4711 attempts=1 duration_ms=12.3"
                        + " bytes_sent=0 bytes_received=42 request_id=r1 reason=\"route default: refused\"");
    }

    @Test
    void whatACallerWritesCannotBeginALineOfItsOwn() {
        RequestHead head = new RequestHead("GET", "http", "r", "/\r\ndirection=inbound \"\\", Headers.EMPTY);
        String line = AccessLog.line(
                new MeshObserver.InboundSummary(head, PeerIdentity.ANONYMOUS, 200, Set.of(), null, List.of(), 0));
        assertThat(line).doesNotContain("\n").contains("path=\"/\\u000d\\u000adirection=inbound \\\"\\\\\"");
    }

    @Test
    void aRequestSaysWhoCalledAndWhatAuthorizationHadToSay() {
        RequestHead head = new RequestHead("GET", "http", "r", "/", Headers.EMPTY);
        String line = AccessLog.line(new MeshObserver.InboundSummary(
                head,
                PeerIdentity.of(SpiffeId.parse("spiffe://cluster.local/ns/default/sa/a")),
                200,
                Set.of(),
                null,
                List.of("dry run: denied by p", "allowed by q"),
                0));
        assertThat(line)
                .endsWith(
                        " caller=spiffe://cluster.local/ns/default/sa/a authz=\"dry run: denied by p; allowed by q\" reason=-");
    }

    @Test
    void ofAGrpcCallItsOwnStatusIsSaidToo() {
        RequestHead head = new RequestHead("POST", "http", "r", "/a.B/C", Headers.EMPTY);
        assertThat(AccessLog.line(new MeshObserver.InboundSummary(
                        head, PeerIdentity.ANONYMOUS, 200, 7, Set.of(), null, List.of(), 0)))
                .contains(" status=200 grpc_status=7 flags=-");
    }

    @Test
    void whatThereIsNotIsADash() {
        assertThat(AccessLog.line(Calls.finished(Calls.get(), null, 404, Set.of(), null)))
                .contains(" host=- ")
                .contains(" flags=- ")
                .endsWith(" reason=-");
    }
}
