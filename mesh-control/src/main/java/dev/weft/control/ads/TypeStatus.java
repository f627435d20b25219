package dev.weft.control.ads;

import java.util.List;

/**
 * One type on one stream, at one moment.
 *
 * @param type which
 * @param wildcard whether everything is subscribed to
 * @param names how many names are subscribed to
 * @param version the revision that the client accepted last; empty if none
 * @param acceptedAtMillis when, Unix epoch; 0 if never
 * @param waiting whether a response was not answered yet
 * @param rejections what the client refused and has not accepted in another version since
 */
record TypeStatus(
        ResourceType type,
        boolean wildcard,
        int names,
        String version,
        long acceptedAtMillis,
        boolean waiting,
        List<Rejection> rejections) {

    static TypeStatus of(TypeState state) {
        Responses responses = state.responses();
        return new TypeStatus(
                state.type(),
                state.subscription().wildcard(),
                state.subscription().names().size(),
                responses.acceptedVersion(),
                responses.acceptedAtMillis(),
                !responses.settled(),
                List.copyOf(responses.rejections()));
    }
}
