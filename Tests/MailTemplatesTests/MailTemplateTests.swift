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
        #expect(mail.subject.contains("#1001") && !mail.subject.contains("\n"))
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

    @Test("the language of a locale counts; one nobody has translated is English")
    func locales() {
        #expect(MailCatalog.language("fr-CA") == "fr" && MailCatalog.language("FR_ca") == "fr")
        #expect(MailCatalog.language("de") == "en" && MailCatalog.language(nil) == "en")
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
