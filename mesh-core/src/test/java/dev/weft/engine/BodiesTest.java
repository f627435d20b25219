package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.ResponseFlag;
import dev.weft.request.ResponseHead;
import org.junit.jupiter.api.Test;

/** Request bodies that can be sent once, and responses that end early. */
final class BodiesTest {
    private final Calls calls = Calls.to(null, Calls.retry(2, RetryOn.SERVER_ERROR, RetryOn.RESET), "a:1");

    @Test
    void aStreamingBodyMeansOneAttempt() {
        FakeAdapter call =
                Calls.begin(calls.get("http://reviews:9080/", new ExchangeOptions(Hints.NONE, Deadline.NONE, false)));
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 503");
        assertThat(call.exchange().explain().toString()).contains("the request body cannot be sent again");
    }

    @Test
    void aBodyThatGrewTooLargeToKeepEndsTheRetries() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(503);
        call.exchange().bodyNotReplayable();
        call.fail(Failure.RESET);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "send 2 to a:1", "reply 503 UC");
        calls.assertBooksClosed();
    }

    @Test
    void aResponseThatBreaksOffIsFlagged() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().headers(new ResponseHead(200, Headers.EMPTY), false);
        call.last().failed(Failure.RESET, null);
        call.last().closed(new Attempt.Closed(0, 100, false, null));

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        assertThat(calls.observer.calls.get(0).flags()).containsExactly(ResponseFlag.UC);
        assertThat(calls.observer.calls.get(0).bytesReceived()).isEqualTo(100);
        calls.assertBooksClosed();
    }

    @Test
    void anAttemptThatEndsWithoutAWordWasLost() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.last().closed(new Attempt.Closed(0, 0, false, null));

        assertThat(call.commands).containsExactly("send 1 to a:1", "send 2 to a:1");
    }

    @Test
    void whatComesAfterTheEndIsIgnored() {
        FakeAdapter call = calls.get("http://reviews:9080/");
        call.answer(200);
        Attempt over = call.last();
        over.closed(new Attempt.Closed(9, 9, false, null));
        over.failed(Failure.RESET, null);
        over.headers(new ResponseHead(500, Headers.EMPTY), true);
        call.exchange().wake();
        call.exchange().start();

        assertThat(call.commands).containsExactly("send 1 to a:1", "deliver 1 with 200");
        assertThat(calls.observer.calls).hasSize(1);
        calls.assertBooksClosed();
    }

    @Test
    void anAdapterThatThrowsHasNotReachedTheHost() {
        FakeAdapter call = calls.get("http://reviews:9080/", ExchangeOptions.NONE);
        call.onSend = attempt -> {
            throw new IllegalStateException("pool closed");
        };
        Calls.begin(call);

        assertThat(call.commands.get(call.commands.size() - 1)).isEqualTo("reply 503 UF,URX");
        assertThat(call.reply.reason()).contains("pool closed");
        calls.assertBooksClosed();
    }

    @Test
    void anAdapterThatThrowsEvenWhenItIsToldStillGetsItsReply() {
        FakeAdapter call = calls.get("http://reviews:9080/", ExchangeOptions.NONE);
        call.onCancel = attempt -> {
            throw new IllegalStateException("cancel is broken");
        };
        Calls.begin(call);
        call.answer(503);

        assertThat(call.commands).containsExactly("send 1 to a:1", "cancel 1", "reply 500");
        call.last().closed(new Attempt.Closed(0, 0, false, null));
        calls.assertBooksClosed();
    }
}
