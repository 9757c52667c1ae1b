/** JSON as it comes from outside, and the few things that every JSON body of the service has in common. */
package app.realtime.json;
