package dev.weft.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserTest {

    @Test
    void theCookieOfTheLoginNamesTheUser() {
        assertThat(User.of(null, List.of("other=1; " + User.cookie("jason").split(";")[0])))
                .contains("jason");
    }

    @Test
    void theQueryBeatsTheCookie() {
        List<String> cookies = List.of("bookinfo-user=jason");

        assertThat(User.of("u=someone", cookies)).contains("someone");
        assertThat(User.of("u=", cookies)).isEmpty();
    }

    @Test
    void whatDoesNotFitIntoAHeaderIsNobody() {
        assertThat(User.of(null, List.of("bookinfo-user=a\tb"))).isEmpty();
        assertThat(User.of("u=a%0d%0ab", List.of())).isEmpty();
        assertThat(User.of("u=%zz", List.of())).isEmpty();
        assertThat(User.of(null, List.of())).isEmpty();
    }
}
