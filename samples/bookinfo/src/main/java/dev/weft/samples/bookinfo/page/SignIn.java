package dev.weft.samples.bookinfo.page;

import java.util.Optional;

/** The corner where one becomes jason. */
final class SignIn {
    private SignIn() {}

    static String of(Optional<String> user) {
        if (user.isPresent()) {
            return "<p class=\"who\" data-user=\"%s\">Signed in as <b>%s</b> <a href=\"/logout\">Sign out</a></p>"
                    .formatted(Html.text(user.get()), Html.text(user.get()));
        }
        return """
                <form class="who" method="post" action="/login">
                  <label>Name <input name="username" value="jason" size="10" maxlength="40" autocomplete="off"></label>
                  <button>Sign in</button>
                </form>""";
    }
}
