package dev.weft.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserTest {
    private static final URI PAGE = URI.create("/productpage");

    @Test
    void theCookieOfTheLoginNamesTheUser() {
        Headers headers = new Headers();
        headers.add("Cookie", "other=1; " + User.cookie("jason").split(";")[0]);

        assertThat(User.of(PAGE, headers)).contains("jason");
    }

    @Test
    void theQueryBeatsTheCookie() {
        Headers headers = new Headers();
        headers.add("Cookie", "bookinfo-user=jason");

        assertThat(User.of(URI.create("/productpage?u=someone"), headers)).contains("someone");
        assertThat(User.of(URI.create("/productpage?u="), headers)).isEmpty();
    }

    @Test
    void whatDoesNotFitIntoAHeaderIsNobody() {
        Headers headers = new Headers();
        headers.add("Cookie", "bookinfo-user=a\tb");

        assertThat(User.of(PAGE, headers)).isEmpty();
        assertThat(User.of(URI.create("/productpage?u=a%0d%0ab"), new Headers()))
                .isEmpty();
        assertThat(User.of(PAGE, new Headers())).isEmpty();
    }

    @Test
    void formsAreDecoded() {
        assertThat(User.parameter("username", "passwd=&username=a%40b")).contains("a@b");
        assertThat(User.parameter("username", "username=%zz")).isEqualTo(Optional.empty());
    }
}
