// Package discord posts alerts to Discord.
//
// [Layout] makes the message of a delivery: a pure function that keeps to all
// of Discord's limits and escapes whatever comes from a page. [Webhook] posts
// it to a channel's webhook, [Bot] as the bot to a [Channel]. Both keep to the
// rate limits before they are hit ([Limits]) and turn Discord's answers into
// what package notify knows: try later, gone, or never.
//
// A bot's message carries the delivery's id as its nonce, and Discord returns
// the first message instead of creating a second one. That holds for a few
// minutes; after longer the channel is searched for the id, which every
// message has in its footer. So an alert arrives once. A webhook has no
// nonces; there an alert arrives at least once, a second time marked as
// repeated.
package discord

// userAgent is of the form that Discord asks for. Source: Reference, User
// Agent (https://docs.discord.com/developers/reference#user-agent).
const userAgent = "DiscordBot (https://stet.invalid, 1)"
