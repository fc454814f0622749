@echo off
rem Double-click: computes the pay of the month you type and writes the register.
rem Only ASCII in this file: cmd reads it in the code page of the machine.
chcp 65001 >nul
set PYTHONUTF8=1
set run=python -m cstools
where py >nul 2>nul && set run=py -m cstools
where cstools >nul 2>nul && set run=cstools
set /p month=Month, such as 2026-10: 
%run% --desk "%~dp0." pay run --month %month%
echo.
pause
