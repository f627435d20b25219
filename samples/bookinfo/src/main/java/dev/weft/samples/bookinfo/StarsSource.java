package dev.weft.samples.bookinfo;

import java.util.Optional;

/** Asks ratings. */
interface StarsSource {

    /**
     * Never throws: a call without an answer is {@link Stars#missing}.
     *
     * @param user who looks at the page; goes along, as Istio's samples promise
     */
    Stars stars(int id, String colour, Optional<String> user);
}
