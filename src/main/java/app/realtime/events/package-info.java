/** The events that the service pushes: what a valid one is, which rooms it goes to, and what arrives there. */
package app.realtime.events;
