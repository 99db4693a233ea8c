// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filter_bar.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QVariant>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QStyle>

namespace atalaya::common {

SearchField::SearchField(const QString &placeholder, Kind kind, QWidget *parent)
    : QLineEdit(parent), m_count(textLabel({}, theme::TextSize::Small, QFont::Normal, Tone::Text3, this)), m_kind(kind)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setFont(kind == Kind::Filter ? theme::monoFont() : theme::font());
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_count->hide();
    setTextMargins(22, 0, 0, 0);
}

void SearchField::setCount(const QString &words)
{
    m_count->setText(words);
    m_count->setVisible(!words.isEmpty());
    placeCount();
}

void SearchField::setProblem(const QString &reason)
{
    setToolTip(reason);
    setAccessibleDescription(reason);
    if (property("invalid").toBool() == !reason.isEmpty())
        return;
    setProperty("invalid", !reason.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
    update();
}

void SearchField::placeCount()
{
    const QSize size = m_count->sizeHint();
    const bool fits = size.width() < width() / 2;
    m_count->setVisible(fits && !m_count->text().isEmpty());
    setTextMargins(22, 0, fits && !m_count->text().isEmpty() ? size.width() + 8 : 0, 0);
    m_count->setGeometry(width() - size.width() - 10, (height() - size.height()) / 2, size.width(), size.height());
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    theme::paintIcon(painter, m_kind == Kind::Search ? theme::Icon::Search : theme::Icon::Filter,
                     QRectF(10, height() / 2.0 - 8, 16, 16),
                     theme::themeOf(this).color(isEnabled() ? theme::Token::Text2 : theme::Token::Disabled));
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        clear();
    else
        QLineEdit::keyPressEvent(event);
}

void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    placeCount();
}

FilterBar::FilterBar(QWidget *parent) : QWidget(parent), m_left(new QHBoxLayout), m_right(new QHBoxLayout)
{
    setFixedHeight(theme::toolBarHeight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 1);
    layout->setSpacing(8);
    m_left->setSpacing(8);
    m_right->setSpacing(8);
    layout->addLayout(m_left, 1);
    layout->addLayout(m_right);
    m_left->addStretch(0);
}

void FilterBar::addLeft(QWidget *widget, int stretch)
{
    m_left->insertWidget(m_left->count() - 1, widget, stretch);
}

void FilterBar::addRight(QWidget *widget)
{
    m_right->addWidget(widget);
}

void FilterBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::paintHairline(painter, {0, height() - 1.0}, width(), Qt::Horizontal,
                         theme::themeOf(this).color(theme::Token::Line));
}

} // namespace atalaya::common
