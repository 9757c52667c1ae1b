package app.realtime.cluster;

import java.net.URI;
import java.util.Optional;

/**
 * How the instances find each other.
 *
 * @param redisUrl may hold a password, which the text form of this record leaves out; empty: this instance is alone
 */
public record ClusterSettings(Optional<URI> redisUrl) {

    @Override
    public String toString() {
        return "ClusterSettings[redisUrl=" + redisUrl.map(url -> url.getScheme() + "://" + url.getHost()) + ']';
    }
}
