package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The corpus on the guard that reads HTTP/2 itself. */
final class Http2CorpusTest {
    @Test
    void nothingProtectedIsReached() throws Exception {
        assertThat(Http2Corpus.failures(ReactorSite::new)).isEmpty();
    }
}
