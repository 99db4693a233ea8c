// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/matcher.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isNameStart(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || c == u':';
}

class MatcherParser
{
public:
    explicit MatcherParser(const QString &text) : m_text(text) {}

    qsizetype faultAt() const { return m_fault; }

    Result<QList<Matcher>> parse()
    {
        QList<Matcher> matchers;
        skipSpace();
        const bool braced = take(u'{');
        for (;;) {
            skipSeparators();
            if (atEnd() || (braced && peek() == u'}'))
                break;
            Result<Matcher> matcher = one();
            if (!matcher)
                return failure(std::move(matcher.error()));
            matchers.append(*std::move(matcher));
        }
        if (braced && !take(u'}'))
            return fault(m_at, u"the brace is not closed; write }"_s);
        skipSpace();
        if (!atEnd())
            return fault(m_at, u"nothing may follow the closing brace"_s);
        return matchers;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar(); }
    bool take(QChar c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (!atEnd() && peek().isSpace())
            ++m_at;
    }
    void skipSeparators()
    {
        while (!atEnd() && (peek().isSpace() || peek() == u','))
            ++m_at;
    }
    tl::unexpected<Error> fault(qsizetype at, const QString &what)
    {
        m_fault = at;
        return failure(ErrorKind::BadInput, u"matchers, character %1"_s.arg(at + 1), what);
    }

    Result<Matcher> one()
    {
        const qsizetype start = m_at;
        if (peek() == u'"') {
            const Result<QString> name = quoted();
            if (!name)
                return failure(name.error());
            return made(start, u"alertname"_s, Matcher::Kind::Equal, *name);
        }
        if (!isNameStart(peek()))
            return fault(start, u"a label name is expected here, such as severity"_s);
        while (!atEnd() && isNamePart(peek()))
            ++m_at;
        const QString name = m_text.mid(start, m_at - start);
        const qsizetype nameEnd = m_at;
        skipSpace();
        const std::optional<Matcher::Kind> kind = sign();
        if (!kind) {
            if (peek() == u'!' || peek() == u'~')
                return fault(m_at, u"an operator is expected here: =, !=, =~ or !~"_s);
            m_at = nameEnd;
            return made(start, u"alertname"_s, Matcher::Kind::Equal, name);
        }
        skipSpace();
        const qsizetype valueStart = m_at;
        if (atEnd())
            return fault(m_at, u"a value is expected after %1"_s.arg(operatorText(*kind)));
        QString value;
        if (peek() == u'"') {
            const Result<QString> text = quoted();
            if (!text)
                return failure(text.error());
            value = *text;
        } else {
            while (!atEnd() && !peek().isSpace() && peek() != u',' && peek() != u'}' && peek() != u'"')
                ++m_at;
            value = m_text.mid(valueStart, m_at - valueStart);
            if (peek() == u'"')
                return fault(m_at, u"a quote may not stand inside a bare value; quote the whole value"_s);
            if (value.isEmpty())
                return fault(valueStart, u"a value is expected after %1"_s.arg(operatorText(*kind)));
        }
        return made(valueStart, name, *kind, value);
    }

    Result<Matcher> made(qsizetype at, const QString &name, Matcher::Kind kind, const QString &value)
    {
        Result<Matcher> matcher = Matcher::make(name, kind, value);
        if (!matcher)
            return fault(at, matcher.error().summary);
        return matcher;
    }

    std::optional<Matcher::Kind> sign()
    {
        const auto taken = [this](qsizetype length, Matcher::Kind kind) {
            m_at += length;
            return kind;
        };
        if (peek() == u'=' && peek(1) == u'~')
            return taken(2, Matcher::Kind::Matches);
        if (peek() == u'!' && peek(1) == u'~')
            return taken(2, Matcher::Kind::NotMatches);
        if (peek() == u'!' && peek(1) == u'=')
            return taken(2, Matcher::Kind::NotEqual);
        if (peek() == u'=')
            return taken(1, Matcher::Kind::Equal);
        return std::nullopt;
    }

    Result<QString> quoted()
    {
        const qsizetype start = m_at;
        ++m_at;
        QString text;
        while (!atEnd()) {
            const QChar c = m_text.at(m_at++);
            if (c == u'"')
                return text;
            if (c != u'\\') {
                text += c;
                continue;
            }
            const QChar escaped = peek();
            ++m_at;
            if (escaped == u'n')
                text += u'\n';
            else if (escaped == u'\\' || escaped == u'"')
                text += escaped;
            else // a pattern's own escape, such as \. or \d
                text += QString(c) + escaped;
        }
        return fault(start, u"the quoted value is not closed; write \""_s);
    }

    const QString &m_text;
    qsizetype m_at = 0;
    qsizetype m_fault = -1;
};

} // namespace

QString operatorText(Matcher::Kind kind)
{
    switch (kind) {
    case Matcher::Kind::Equal:
        return u"="_s;
    case Matcher::Kind::NotEqual:
        return u"!="_s;
    case Matcher::Kind::Matches:
        return u"=~"_s;
    case Matcher::Kind::NotMatches:
        return u"!~"_s;
    }
    return u"="_s;
}

Result<Matcher> Matcher::make(QString name, Kind kind, QString value)
{
    Matcher matcher;
    matcher.m_name = std::move(name);
    matcher.m_kind = kind;
    matcher.m_value = std::move(value);
    if (matcher.isPattern()) {
        matcher.m_pattern = QRegularExpression(u"\\A(?:"_s + matcher.m_value + u")\\z"_s,
                                               QRegularExpression::DotMatchesEverythingOption);
        // Checked bare as well: "a)(b" is valid only inside our own group.
        const QRegularExpression bare(matcher.m_value);
        if (!bare.isValid())
            return failure(ErrorKind::BadInput, {},
                           u"\"%1\" is not a pattern: %2"_s.arg(matcher.m_value, bare.errorString()));
    }
    return matcher;
}

bool Matcher::matches(const Labels &labels) const
{
    const QString actual = labelValue(labels, m_name);
    switch (m_kind) {
    case Kind::Equal:
        return actual == m_value;
    case Kind::NotEqual:
        return actual != m_value;
    case Kind::Matches:
        return m_pattern.match(actual).hasMatch();
    case Kind::NotMatches:
        return !m_pattern.match(actual).hasMatch();
    }
    return false;
}

QString Matcher::text() const
{
    QString escaped = m_value;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return m_name + operatorText(m_kind) + u'"' + escaped + u'"';
}

Result<QList<Matcher>> parseMatchers(const QString &text, qsizetype *faultAt)
{
    MatcherParser parser(text);
    Result<QList<Matcher>> matchers = parser.parse();
    if (faultAt)
        *faultAt = parser.faultAt();
    return matchers;
}

bool matchesAll(const QList<Matcher> &matchers, const Labels &labels)
{
    return std::all_of(matchers.begin(), matchers.end(), [&](const Matcher &m) { return m.matches(labels); });
}

QString matchersText(const QList<Matcher> &matchers)
{
    QStringList texts;
    for (const Matcher &matcher : matchers)
        texts += matcher.text();
    return texts.join(u", "_s);
}

} // namespace atalaya::alerts
