// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtWidgets/QWidget>

namespace atalaya::common {

/// One line of a side panel: what, and what it is.
struct Fact
{
    QString label;
    QString value;
    theme::Token tone = theme::Token::Text1;
    bool mono = false;
    QString toolTip;

    bool operator==(const Fact &) const = default;
};

/// Facts that change with every refresh: labels at the left in text 2, values right of them, wrapped where they are
/// long. Painted by one widget, so that a change repaints and never rebuilds. (FactList is for facts that stand still
/// and can be selected.)
class FactRows final : public QWidget
{
    Q_OBJECT
public:
    explicit FactRows(QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts);
    const QList<Fact> &facts() const { return m_facts; }
    /// Text of the fact with this label, empty where there is none.
    QString valueOf(const QString &label) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    int labelWidth(int width) const;
    int rowHeight(const Fact &fact, int width) const;

    QList<Fact> m_facts;
};

} // namespace atalaya::common
