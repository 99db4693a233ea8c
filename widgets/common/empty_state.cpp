// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/empty_state.h"

#include "widgets/common/buttons.h"
#include "widgets/common/state_label.h"
#include "widgets/common/text_label.h"

#include <QtCore/QVariant>
#include <QtWidgets/QBoxLayout>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<State> emptyKindState(EmptyKind kind)
{
    switch (kind) {
    case EmptyKind::Empty:
        return {};
    case EmptyKind::Loading:
        return State::Pending;
    case EmptyKind::Stale:
        return State::Stale;
    case EmptyKind::Failed:
        return State::Unknown;
    case EmptyKind::Forbidden:
        return State::Warning;
    }
    return {};
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_shape(new StateLabel(this))
    , m_sentence(textLabel({}, theme::TextSize::Title, QFont::DemiBold))
    , m_why(textLabel({}, theme::TextSize::Body, QFont::Normal, Tone::Text2))
    , m_words(textLabel({}, theme::TextSize::Small, QFont::Normal, Tone::Text1))
    , m_waited(textLabel({}, theme::TextSize::Small, QFont::Normal, Tone::Text3))
    , m_actions(new QHBoxLayout)
{
    m_shape->setShapeSize(24);
    m_shape->setWordShown(false);
    m_shape->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_sentence->setWordWrap(true);
    m_sentence->setObjectName(u"emptySentence"_s);
    m_why->setWordWrap(true);
    m_why->setObjectName(u"emptyWhy"_s);
    m_words->setWordWrap(true);
    m_words->setObjectName(u"serverWords"_s);
    m_words->setFont(theme::monoFont());
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_waited->setObjectName(u"emptyWaited"_s);
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(m_shape, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(8);
    texts->addWidget(m_sentence);
    texts->addWidget(m_why);
    texts->addWidget(m_words);
    texts->addWidget(m_waited);
    m_actions->setSpacing(8);
    m_actions->setContentsMargins(0, 8, 0, 0);
    m_actions->addStretch(1);
    texts->addLayout(m_actions);
    head->addLayout(texts, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(24, 24, 24, 24);
    outer->addLayout(head);
    outer->addStretch(1);
    setServerWords({});
    setWaited({});
    show(EmptyKind::Empty, {}, {});
}

void EmptyState::show(EmptyKind kind, const QString &sentence, const QString &why)
{
    m_kind = kind;
    const std::optional<State> state = emptyKindState(kind);
    m_shape->setVisible(state.has_value());
    if (state)
        m_shape->setState(*state);
    m_sentence->setText(sentence);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    setAccessibleName(why.isEmpty() ? sentence : sentence + u' ' + why);
}

void EmptyState::setServerWords(const QString &words)
{
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

void EmptyState::setWaited(const QString &words)
{
    m_waited->setText(words);
    m_waited->setVisible(!words.isEmpty());
}

QPushButton *EmptyState::addAction(const QString &text, const QString &objectName)
{
    const int before = m_actions->count() - 1;
    const bool isFirst = before == 0 && m_kind != EmptyKind::Loading;
    QPushButton *action = button(text,
                                 isFirst      ? ButtonRole::Primary
                                 : before < 2 ? ButtonRole::Outline
                                              : ButtonRole::Quiet,
                                 {}, ButtonSize::Normal, this);
    action->setObjectName(objectName);
    m_actions->insertWidget(before, action);
    return action;
}

void EmptyState::clearActions()
{
    while (m_actions->count() > 1) {
        QLayoutItem *item = m_actions->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

} // namespace atalaya::common
