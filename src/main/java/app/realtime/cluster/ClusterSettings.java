package app.realtime.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the instances find each other.
 *
 * @param redisUrl may hold a password, which the text form of this record leaves out; empty: this instance is alone
 * @param sharded whether the instances speak on sharded channels
 * @param redisCaFile certificates, in PEM, of those who may have signed Redis's; empty: whom the JVM trusts
 */
public record ClusterSettings(Optional<URI> redisUrl, boolean sharded, Optional<Path> redisCaFile) {

    @Override
    public String toString() {
        return "ClusterSettings[redisUrl="
                + redisUrl.map(
                        url -> url.getScheme() + "://" + url.getRawAuthority().replaceFirst(".*@", ""))
                + ", sharded=" + sharded + ", redisCaFile=" + redisCaFile + ']';
    }
}
