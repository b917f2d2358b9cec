import Commerce
import MailTemplates
import Testing

@Suite("The words of mails")
struct MailTemplateTests {
    @Test("every mail there is can be written in every language", arguments: MailName.allCases, MailCatalog.locales)
    func complete(name: MailName, locale: String) throws {
        let template = MailCatalog.template(name, locale: locale)
        try template.check()
        let mail = try template.rendered(.sample, locale: locale)
        #expect(mail.subject.contains("#1001") != MailName.toOperators.contains(name))
        #expect(!mail.subject.isEmpty && !mail.subject.contains("\n"))
        #expect(!(mail.subject + mail.text + mail.html).contains("{{"))
        #expect(mail.text.hasPrefix(locale == "fr" ? "Bonjour Ana Ruiz," : "Hello Ana Ruiz,"))
        #expect(mail.html.contains("<html lang=\"\(locale)\">"))
        #expect(!mail.text.contains("\n\n\n") && !mail.text.hasSuffix("\n"))
    }

    @Test("what is not known is left out with its sentence", arguments: MailName.allCases)
    func sparse(name: MailName) throws {
        let mail = try MailCatalog.template(name, locale: "en").rendered(
            MailValues(["order_number": "#7"]), locale: "en")
        #expect(mail.text.hasPrefix("Hello,"))
        #expect(!mail.text.contains("tracking number"))
    }

    /// What a mail says with these texts and no others.
    private func text(_ name: MailName, _ texts: [String: String] = [:], _ locale: String = "en") throws -> String {
        try MailCatalog.template(name, locale: locale).rendered(MailValues(texts), locale: locale).text
    }

    @Test("no sentence ends in nothing, whatever is not known", arguments: MailName.allCases, MailCatalog.locales)
    func untold(name: MailName, locale: String) throws {
        for texts in [[:], ["carrier": "UPS", "tracking_number": "1Z"], ["attached": "yes"], ["store_credit": "yes"]] {
            let known = ["return_number": "R-1", "amount": "1.00", "currency": "USD"]
            let text = try text(name, texts.merging(known) { $1 }, locale)
            #expect(!text.contains(" .") && !text.contains("  ") && !text.contains(" ,"), "\(text)")
        }
    }

    @Test("a label is spoken of where there is one, and as void only where it is", arguments: MailCatalog.locales)
    func labels(locale: String) throws {
        let word = locale == "fr" ? "étiquette" : "label"
        let (attached, void) = locale == "fr" ? ("jointe", "plus valable") : ("attached", "no longer valid")
        let label = ["carrier": "UPS", "tracking_number": "1Z"]
        for name in [MailName.returnLabel, .returnReminder, .warrantyReminder] {
            #expect(try !text(name, [:], locale).contains(word))
            #expect(try text(name, label.merging(["attached": "yes"]) { $1 }, locale).contains(attached))
        }
        for name in [MailName.returnCancelled, .returnExpired, .warrantyCancelled, .warrantyExpired] {
            #expect(try !text(name, [:], locale).contains(word))
            let kept = try text(name, label, locale)
            #expect(kept.contains(word) && !kept.contains(void))
            #expect(try text(name, label.merging(["voided": "yes"]) { $1 }, locale).contains(void))
        }
    }

    @Test("a label that took another's place says what becomes of that one", arguments: MailCatalog.locales)
    func otherLabel(locale: String) throws {
        let words = locale == "fr" ? "ne plus utiliser l’étiquette" : "not use the label we sent you before"
        let label = ["return_number": "R-1", "carrier": "UPS", "tracking_number": "1Z", "attached": "yes"]
        for name in [MailName.returnLabel, .warrantyApproved] {
            #expect(try !text(name, label, locale).contains(words))
            let said = try text(name, label.merging(["replaces": "yes"]) { $1 }, locale)
            #expect(said.contains(words) && !said.contains("  ") && !said.contains(" ."))
        }
    }

    @Test("a receipt lists what has come in and promises nothing", arguments: MailCatalog.locales)
    func receipt(locale: String) throws {
        let template = MailCatalog.template(.returnReceived, locale: locale)
        let mail = try template.rendered(.sample, locale: locale)
        let (received, promise) = locale == "fr" ? ("Nous avons reçu", "rembours") : ("We received", "refund")
        for words in [mail.text, mail.html] {
            #expect(words.contains("\(received) 1 × Robe, S.") && words.contains("\(received) 2 × Slip, M."))
            #expect(!words.lowercased().contains(promise))
        }
        // The parcel may hold nothing of what was expected.
        #expect(try !text(.returnReceived, [:], locale).contains(received))
    }

    @Test("a review says what of the return is looked at", arguments: MailCatalog.locales)
    func review(locale: String) throws {
        let (here, late, asked) =
            locale == "fr"
            ? ("votre colis est arrivé", "plus de temps que prévu", "votre demande")
            : ("your parcel is here", "for longer than it should be", "your request")
        let known: [[String: String]] = [[:], ["goods_here": "yes"], ["parcel_lost": "yes"]]
        let said = try known.map { try text(.returnInReview, $0, locale) }
        #expect(said[0].contains(asked) && said[1].contains(here) && said[2].contains(late))
        #expect(said.allSatisfy { text in [asked, here, late].count { text.contains($0) } == 1 })
    }

    @Test("what stays with the customer is told with the label", arguments: MailCatalog.locales)
    func kept(locale: String) throws {
        let words = locale == "fr" ? "Veuillez garder : 1 × Cap" : "Please keep: 1 × Cap"
        var values = MailValues.sample
        let template = MailCatalog.template(.returnLabel, locale: locale)
        #expect(try !template.rendered(values, locale: locale).text.contains(locale == "fr" ? "garder" : "keep"))
        values.texts["kept"] = "1 × Cap"
        let mail = try template.rendered(values, locale: locale)
        #expect(mail.text.contains("\n\n\(words)") && mail.html.contains(words))
    }

    @Test("a date is told where there is one", arguments: MailCatalog.locales)
    func dates(locale: String) throws {
        for name in [MailName.returnReminder, .returnExpired, .warrantyReminder, .warrantyExpired] {
            #expect(try text(name, ["date": "2026-04-03"], locale).contains("2026-04-03"))
        }
    }

    @Test("store credit is called that, and other money what it was paid with")
    func storeCredit() throws {
        let amount = ["amount": "10.00", "currency": "USD"]
        let credit = try text(.returnRefunded, amount.merging(["store_credit": "yes"]) { $1 })
        #expect(credit.contains("10.00 USD as store credit.") && !credit.contains("bank"))
        #expect(try text(.returnRefunded, amount).contains("10.00 USD to the payment you used."))
        #expect(!credit.contains("bonus"))
        let bonus = amount.merging(["store_credit": "yes", "bonus": "1.00"]) { $1 }
        #expect(try text(.returnRefunded, bonus).contains("as store credit. We have added a bonus of 1.00 USD."))
    }

    @Test("what became of a subscription is told, and nothing where nothing did", arguments: MailCatalog.locales)
    func subscriptions(locale: String) throws {
        let word = locale == "fr" ? "abonnement" : "subscription"
        let told: [MailName] = [
            .returnRefunded, .returnExchanged, .returnUnrefunded, .returnCancelled, .returnExpired, .returnRejected,
        ]
        for name in told {
            #expect(try !text(name, [:], locale).contains(word))
            for flag in ["subscription_cancelled", "subscription_ends"] {
                #expect(try text(name, [flag: "yes"], locale).contains(word))
            }
            for date in ["skipped_charge", "paused_until"] {
                let told = try text(name, [date: "2026-04-01"], locale)
                #expect(told.contains(word) && told.contains("2026-04-01"))
            }
        }
    }

    @Test("the language of a locale counts; one nobody has translated is English")
    func locales() {
        #expect(MailCatalog.language("fr-CA") == "fr" && MailCatalog.language("FR_ca") == "fr")
        #expect(MailCatalog.language("de") == "en" && MailCatalog.language(nil) == "en")
    }

    @Test(
        "the customer's language counts, exactly or without its region, then the workspace's, then English",
        arguments: [
            ("fr-CA", "en", [], "fr"), ("fr-CA", "en", ["fr-CA"], "fr-CA"), ("fr_ca", nil, ["fr-CA"], "fr-CA"),
            ("fr-FR", "en", ["fr-CA"], "fr"), ("de-AT", "fr", [], "fr"), ("de-AT", "fr", ["de"], "de"),
            (nil, "fr-CA", [], "fr"), ("de", "it", [], "en"), (nil, nil, [], "en"), ("en", "fr", [], "en"),
            ("../fr", "fr", [], "fr"), ("fr\r\nBcc: x", "en", [], "en"),
        ] as [(String?, String?, [String], String)])
    func choice(wish: String?, home: String?, own: [String], expected: String) throws {
        let words = OwnWords(enabled: true, subject: "S", text: "T", html: nil)
        let choice = MailChoice(
            .returnLabel, for: [wish], at: home, own: Dictionary(uniqueKeysWithValues: own.map { ($0, words) }))
        #expect(choice.locale == expected && choice.isSent)
        #expect((choice.template.text == "T") == own.contains(expected))
        let mail = try choice.template.rendered(.sample, locale: choice.locale)
        #expect(mail.html.contains("<html lang=\"\(expected)\">"))
    }

    @Test("what the workspace has switched off in its own language is off in every one of which it says nothing")
    func off() {
        let off = OwnWords(enabled: false, subject: nil, text: nil, html: nil)
        func isSent(_ wish: String?, _ own: [String: OwnWords]) -> Bool {
            MailChoice(.returnLabel, for: [wish], at: "fr", own: own).isSent
        }
        #expect(!isSent("en", ["fr": off]) && !isSent(nil, ["fr": off]))
        var on = off
        on.enabled = true
        #expect(isSent("en", ["fr": off, "en": on]) && !isSent("fr", ["fr": off, "en": on]))
        #expect(isSent("fr", ["en": off]) && !isSent("en-GB", ["en": off]))
    }

    @Test("values are text: no markup in HTML, no further header through the subject")
    func hostile() throws {
        var values = MailValues.sample
        values.texts["reason"] = "<script>alert(1)</script>\n\n{{customer_name}} &amp;"
        values.texts["order_number"] = "#1\r\nBcc: all@example.com"
        values.texts["link"] = "javascript:alert(1)"
        values.lines = [.init(title: "<img src=x onerror=y>", quantity: 1)]
        for name in MailName.allCases {
            let mail = try MailCatalog.template(name, locale: "en").rendered(values, locale: "en")
            #expect(!mail.html.contains("<script") && !mail.html.contains("<img"))
            #expect(!mail.html.contains("href=\"javascript"))
            #expect(!mail.subject.contains { $0.isNewline })
        }
        let rejected = try MailCatalog.template(.returnRejected, locale: "en").rendered(values, locale: "en")
        #expect(rejected.text.contains("{{customer_name}} &amp;"))
    }

    @Test("a link alone in its paragraph can be clicked")
    func link() throws {
        let mail = try MailCatalog.template(.returnLabel, locale: "en").rendered(.sample, locale: "en")
        #expect(mail.html.contains(#"<a href="https://example.com/returns/R-1001-1">"#))
    }

    @Test(
        "own words are refused where they are no Mustache, speak of what is not there, or do not escape",
        arguments: [
            ("{{#lines}}x", "text"), ("{{customer}}", "text"), ("{{{reason}}}", "text"), ("{{&reason}}", "text"),
            ("{{>other}}", "text"), ("{{=<% %>=}}", "text"), ("{{% CONTENT_TYPE: TEXT}}", "text"), ("", "text"),
        ])
    func refused(text: String, part: String) {
        let problem = #expect(throws: MailTemplateProblem.self) {
            try MailTemplate(subject: "S {{order_number}}", text: text).check()
        }
        #expect(problem?.part == part)
    }

    @Test("own words are taken where they are well")
    func taken() throws {
        try MailTemplate(
            subject: "Order {{order_number}}",
            text: "{{! said often }}Hi{{#customer_name}} {{customer_name}}{{/customer_name}}",
            html: "<p>{{reason}}</p>{{#lines}}<i>{{title}}</i>{{/lines}}"
        ).check()
    }
}
