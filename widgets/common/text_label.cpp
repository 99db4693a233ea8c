// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/text_label.h"

#include <QtCore/QVariant>
#include <QtWidgets/QStyle>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

namespace {

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Text1:
        return u"1"_s;
    case Tone::Text2:
        return u"2"_s;
    case Tone::Text3:
        return u"3"_s;
    case Tone::Accent:
        return u"accent"_s;
    case Tone::Ok:
        return u"ok"_s;
    case Tone::Pending:
        return u"pending"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Critical:
        return u"critical"_s;
    case Tone::Unknown:
        return u"unknown"_s;
    case Tone::Stale:
        return u"stale"_s;
    case Tone::Forced:
        return u"forced"_s;
    }
    return u"1"_s;
}

} // namespace

Tone toneOf(State state)
{
    switch (state) {
    case State::Ok:
        return Tone::Ok;
    case State::Pending:
        return Tone::Pending;
    case State::Warning:
        return Tone::Warning;
    case State::Stale:
        return Tone::Stale;
    case State::Unknown:
        return Tone::Unknown;
    case State::Critical:
        return Tone::Critical;
    case State::Forced:
        return Tone::Forced;
    case State::Info:
        return Tone::Text2;
    }
    return Tone::Unknown;
}

QLabel *textLabel(const QString &text, theme::TextSize size, QFont::Weight weight, Tone tone, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme::font(size, weight));
    label->setProperty("tone", toneName(tone));
    return label;
}

void setTone(QLabel *label, Tone tone)
{
    const QString name = toneName(tone);
    if (label->property("tone").toString() == name)
        return;
    label->setProperty("tone", name);
    label->style()->unpolish(label);
    label->style()->polish(label);
    label->update();
}

} // namespace atalaya::common
