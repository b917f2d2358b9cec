import Commerce
import HTTPTransport

/// A refusal of a mail server, read.
///
/// Source: RFC 5321, 4.2, and the enhanced codes of RFC 3463, which are preferred where there is one.
struct SMTPReply {
    let code: Int
    /// `5.1.1`; nil where the server gives none.
    let enhanced: String?
    let text: String

    init(_ answer: MailAnswer) {
        code = answer.code
        text = answer.text
        let words = answer.text.split(separator: " ")
        enhanced = words.dropFirst().first.map(String.init).flatMap { word in
            word.wholeMatch(of: /[245]\.\d{1,3}\.\d{1,3}/) == nil ? nil : word
        }
    }

    var failure: ProviderFailure {
        let words = ProviderWords(code: name, message: text)
        switch code {
        case 400...499: return .transient(words)
        case 530, 534, 535: return .unauthorized(message: words.message)
        default: return .refused(code: words.code, message: words.message)
        }
    }

    private var name: String {
        switch enhanced {
        case "5.1.1", "5.1.2", "5.1.3", "5.1.10", "5.5.0": "bad_recipient"
        case "5.3.4", "5.2.3": "too_big"
        case "5.7.1": "policy"
        default: nameByCode
        }
    }

    private var nameByCode: String {
        switch code {
        case 421, 450, 451, 452: "busy"
        case 550, 551, 553: "bad_recipient"
        case 552: "too_big"
        case 554: "policy"
        default: "smtp_\(code)"
        }
    }
}
