/** The bus between the instances as Redis carries it. */
package app.realtime.cluster.redis;
