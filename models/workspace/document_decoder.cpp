// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/document_decoder.h"

#include "models/http/json_reader.h"

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

class PlaceWalk
{
public:
    explicit PlaceWalk(const QByteArray &bytes) : m_bytes(bytes) {}

    DocumentPlaces run()
    {
        if (m_bytes.startsWith("\xEF\xBB\xBF"))
            m_at = 3;
        value({});
        return std::move(m_places);
    }

private:
    char here() const { return m_at < m_bytes.size() ? m_bytes[m_at] : '\0'; }

    void skipSpace()
    {
        for (; here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r'; ++m_at) {
            if (here() == '\n')
                ++m_line;
        }
    }

    QByteArray string()
    {
        const qsizetype from = m_at++;
        for (; m_at < m_bytes.size() && here() != '"'; ++m_at) {
            if (here() == '\\')
                ++m_at;
        }
        ++m_at;
        return m_bytes.mid(from, m_at - from);
    }

    void value(const QString &pointer)
    {
        skipSpace();
        m_places.valueLines.insert(pointer, m_line);
        if (here() == '{')
            object(pointer);
        else if (here() == '[')
            array(pointer);
        else if (here() == '"')
            string();
        else
            while (m_at < m_bytes.size() && !QByteArrayView(",]} \t\r\n").contains(here()))
                ++m_at;
        skipSpace();
    }

    void object(const QString &pointer)
    {
        ++m_at;
        skipSpace();
        while (m_at < m_bytes.size() && here() != '}') {
            const int line = m_line;
            const Result<http::Json> key = http::parseJson(string(), {});
            const QString member = pointer + u'/' + pointerStep(key ? http::toQString(*key) : QString());
            if (const auto first = m_places.keyLines.constFind(member); first != m_places.keyLines.constEnd()) {
                if (!m_places.duplicate) {
                    m_places.duplicate = member;
                    m_places.duplicateLine = line;
                    m_places.duplicateFirstLine = *first;
                }
            } else {
                m_places.keyLines.insert(member, line);
            }
            skipSpace();
            ++m_at; // the colon
            value(member);
            if (here() == ',')
                ++m_at;
            skipSpace();
        }
        ++m_at;
    }

    void array(const QString &pointer)
    {
        ++m_at;
        skipSpace();
        for (int i = 0; m_at < m_bytes.size() && here() != ']'; ++i) {
            value(pointer + u'/' + QString::number(i));
            if (here() == ',')
                ++m_at;
            skipSpace();
        }
        ++m_at;
    }

    const QByteArray &m_bytes;
    qsizetype m_at = 0;
    int m_line = 1;
    DocumentPlaces m_places;
};

} // namespace

DocumentPlaces placesIn(const QByteArray &validJson)
{
    return PlaceWalk(validJson).run();
}

QString pointerStep(const QString &name)
{
    QString step = name;
    return step.replace(u'~', u"~0"_s).replace(u'/', u"~1"_s);
}

} // namespace atalaya::workspace
