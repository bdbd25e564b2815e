// Package obfuscate hides words the way senders of scams do, so that tests can
// ask whether they are still found. Each Operator is a pure function of a text
// and a seeded generator.
//
//	homoglyph      bіtcoin           split          e a r n
//	zero_width     bit<ZWSP>coin     leet           b1tc0in
//	emoji_letters  🇪🇦🇷🇳              emoji_between  bit🔥coin
//	styled         𝐛𝐢𝐭𝐜𝐨𝐢𝐧           full_width     ｅａｒｎ
//	casing         bItCOIN           digits         ５０, ①, 1️⃣
//	strike         b̶i̶t̶              decomposed     é as e + mark
//	kashida        ارباـح            defang         hxxps://pay[.]example
//	typo           bitcion (Lossy)   nickname       TG (Lossy)
//
// An operator works by small edits, which is what lets Mutate keep it away from
// some spans (wallets, links) and say where others (marked words) went.
package obfuscate
