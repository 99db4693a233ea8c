// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/flags/flag_rows.h"

#include <QtWidgets/QWidget>

namespace atalaya::flags {

/// One line an instance: what it runs, and how fresh that is.
class InstanceValues final : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        QString instance;
        FlagLine::Value value = FlagLine::Value::Unknown;
        QString words;
        QString toolTip;
        bool isPending = false;

        bool operator==(const Line &) const = default;
    };

    explicit InstanceValues(QWidget *parent = nullptr);
    void show(const QList<Line> &lines);
    const QList<Line> &lines() const { return m_lines; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QList<Line> m_lines;
};

/// The box at the foot of the page: what to know before a change here.
class FlagNotes final : public QWidget
{
    Q_OBJECT
public:
    explicit FlagNotes(QWidget *parent = nullptr);
    void show(const QList<FlagNote> &notes);
    const QList<FlagNote> &notes() const { return m_notes; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int textHeight(const FlagNote &note, int width) const;

    QList<FlagNote> m_notes;
};

} // namespace atalaya::flags
